import type { RouteDefinition } from '../serverless/http-api.ts';

/** A route that a request goes to, with the percent-decoded values of the path's variables. */
export interface RouteMatch<Target> {
  readonly route: RouteDefinition;
  readonly target: Target;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * Finds a request's route. The most specific one wins: a static segment before a variable before a greedy variable,
 * a named method before ANY, and `$default` last (API Gateway developer guide, "Create routes for HTTP APIs").
 *
 * @param encodedPath as it was sent, still percent-encoded.
 * @returns undefined when no route takes it.
 * @throws URIError when the path is not percent-encoded UTF-8.
 */
export type FindRoute<Target> = (method: string, encodedPath: string) => RouteMatch<Target> | undefined;

interface Segment {
  readonly kind: 'static' | 'variable' | 'greedy';
  /** The text of a static segment, the name of a variable. */
  readonly text: string;
}

/** Ordered as text, the more specific of two routes comes first. */
const RANKS = { static: '0', variable: '1', greedy: '2' } as const;
const DEFAULT_RANK = '9';

export function createRouter<Target>(
  routes: readonly (readonly [RouteDefinition, Target])[],
): FindRoute<Target> {
  const candidates = routes
    .map(([route, target]) => ({ route, target, segments: segmentsOf(route) }))
    .map((candidate) => ({ ...candidate, rank: rankOf(candidate.route, candidate.segments) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));

  return (method, encodedPath) => {
    const parts = encodedPath.slice(1).split('/').map(decodeURIComponent);
    for (const { route, target, segments } of candidates) {
      if (route.method !== 'ANY' && route.method !== method) continue;
      const pathParameters = segments ? matchSegments(segments, parts) : {};
      if (pathParameters) return { route, target, pathParameters };
    }
    return undefined;
  };
}

function segmentsOf({ path }: RouteDefinition): Segment[] | null {
  if (path === null) return null;
  return path
    .slice(1)
    .split('/')
    .map((text) => {
      const variable = /^\{([^}+]+)(\+?)\}$/.exec(text);
      if (!variable?.[1]) return { kind: 'static', text };
      return { kind: variable[2] ? 'greedy' : 'variable', text: variable[1] };
    });
}

function rankOf(route: RouteDefinition, segments: Segment[] | null): string {
  const method = route.method === 'ANY' ? '1' : '0';
  return segments ? segments.map(({ kind }) => RANKS[kind]).join('') + method : DEFAULT_RANK;
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const values: Record<string, string> = Object.create(null);
  for (const [index, { kind, text }] of segments.entries()) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (kind === 'greedy') {
      values[text] = parts.slice(index).join('/');
      return values[text] === '' ? undefined : values;
    }
    if (kind === 'static' ? part !== text : part === '') return undefined;
    if (kind === 'variable') values[text] = part;
  }
  return segments.length === parts.length ? values : undefined;
}
