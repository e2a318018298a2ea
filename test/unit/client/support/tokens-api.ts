import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listen } from '../../../../infra/local/listen.ts';

/** What the API is to answer. `hang` never answers, `reset` breaks the connection. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly fault?: 'hang' | 'reset';
  /** The answer goes when this is fulfilled. */
  readonly after?: Promise<unknown>;
}

export interface SeenRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A loopback HTTP server in the place of the API. */
export interface TokensApi {
  readonly baseUrl: string;
  readonly requests: SeenRequest[];
  /** Most requests that were being answered at the same time. */
  mostInFlight(): number;
  close(): Promise<void>;
}

export const SESSION_SECONDS = 3600;

/** A right answer of the tokens route; the token's one minute is IVS's. */
export const tokenAnswer = (token: string, at = Date.now()): ScriptedAnswer => ({
  status: 201,
  body: {
    token,
    tokenExpirationTime: new Date(at + 60_000).toISOString(),
    sessionExpirationTime: new Date(at + SESSION_SECONDS * 1000).toISOString(),
    sessionSeconds: SESSION_SECONDS,
    capabilities: ['SEND_MESSAGE'],
    userId: 'u-1',
  },
});

export const problem = (
  status: number,
  code: string,
  members: Record<string, unknown> = {},
): ScriptedAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { code, status, detail: 'a sentence', requestId: 'r-1', ...members },
});

/** Gives the scripted answers one after the other, then right ones with tokens `token-<n>`, n counting requests. */
export async function startTokensApi(...script: readonly ScriptedAnswer[]): Promise<TokensApi> {
  const requests: SeenRequest[] = [];
  let inFlight = 0;
  let most = 0;
  const server = createServer(async (request, response) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method, url: path, headers } = request;
    const answer = script[requests.length] ?? tokenAnswer(`token-${requests.length + 1}`);
    requests.push({ method, path, headers, body });
    await answer.after;
    setImmediate(() => {
      inFlight -= 1;
      if (answer.fault === 'reset') return void request.socket.resetAndDestroy();
      if (answer.fault === 'hang') return;
      response.writeHead(answer.status ?? 200, answer.headers ?? { 'content-type': 'application/json' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  const { origin, close } = await listen(server, 0);
  return { baseUrl: origin, requests, mostInFlight: () => most, close };
}
