/** An Aho-Corasick automaton: finds every pattern in one pass over a text. */
export interface Automaton<Pattern> {
  /** Calls `found` with each pattern and the position of its last character. */
  scan(chars: readonly string[], found: (pattern: Pattern, last: number) => void): void;
}

interface Node<Pattern> {
  readonly next: Map<string, Node<Pattern>>;
  readonly ends: Pattern[];
  /** The node of the longest proper suffix that is the start of a pattern. */
  suffix: Node<Pattern> | null;
  /** The nearest node along the suffixes where a pattern ends. */
  nextEnd: Node<Pattern> | null;
}

function newNode<Pattern>(): Node<Pattern> {
  return { next: new Map(), ends: [], suffix: null, nextEnd: null };
}

function step<Pattern>(root: Node<Pattern>, from: Node<Pattern>, char: string): Node<Pattern> {
  let node: Node<Pattern> | null = from;
  while (node) {
    const next = node.next.get(char);
    if (next) return next;
    node = node.suffix;
  }
  return root;
}

function insert<Pattern extends { readonly chars: readonly string[] }>(
  root: Node<Pattern>,
  pattern: Pattern,
): void {
  let node = root;
  for (const char of pattern.chars) {
    let next = node.next.get(char);
    if (!next) {
      next = newNode();
      node.next.set(char, next);
    }
    node = next;
  }
  node.ends.push(pattern);
}

/** Breadth first, so that every suffix is linked before the node that needs it. */
function linkSuffixes<Pattern>(root: Node<Pattern>): void {
  const queue = [root];
  for (const node of queue) {
    for (const [char, child] of node.next) {
      child.suffix = node.suffix ? step(root, node.suffix, char) : root;
      child.nextEnd = child.suffix.ends.length > 0 ? child.suffix : child.suffix.nextEnd;
      queue.push(child);
    }
  }
}

/** @param patterns none of them empty; no pattern at all finds nothing. */
export function buildAutomaton<Pattern extends { readonly chars: readonly string[] }>(
  patterns: readonly Pattern[],
): Automaton<Pattern> {
  const root = newNode<Pattern>();
  for (const pattern of patterns) insert(root, pattern);
  linkSuffixes(root);
  return {
    scan(chars, found) {
      let node = root;
      for (const [last, char] of chars.entries()) {
        node = step(root, node, char);
        for (let end: Node<Pattern> | null = node; end; end = end.nextEnd) {
          for (const pattern of end.ends) found(pattern, last);
        }
      }
    },
  };
}
