import { ENGLISH } from './en.ts';

/** A shipped list as text: one entry a line (see en.ts for the syntax). */
export const LISTS = Object.freeze({ en: ENGLISH });

export type ListName = keyof typeof LISTS;

export interface ListEntry {
  readonly kind: 'deny' | 'mask' | 'allow';
  readonly term: string;
  /** `list.<language>.<line>`: names the entry in logs without saying the word. */
  readonly ruleId: string;
}

/** Reads a shipped list. Lines that start with `#` and blank lines are skipped. */
export function readList(name: ListName): ListEntry[] {
  return LISTS[name].split('\n').flatMap((line, index) => {
    const [kind, ...words] = line.trim().split(' ');
    if (kind !== 'deny' && kind !== 'mask' && kind !== 'allow') return [];
    return [{ kind, term: words.join(' '), ruleId: `list.${name}.${index + 1}` }];
  });
}
