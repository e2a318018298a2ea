import type { Clock } from '../clock.ts';
import type { FaultBoard } from '../faults/board.ts';
import type { TemplateValuesFrom } from './serverless/service.ts';

export interface GatewayOptions {
  /** Path of serverless.yml. */
  readonly serverlessFile: string;
  /** Folder that handler paths are relative to. */
  readonly root: string;
  readonly stage: string;
  readonly region: string;
  readonly accountId: string;
  /** The HTTP API's port; 0 takes any free one. */
  readonly port: number;
  /** The Lambda endpoint's port; 0 takes any free one. */
  readonly lambdaPort: number;
  readonly clock: Clock;
  readonly faults: FaultBoard;
  /** One line a request. */
  readonly log: (line: string) => void;
  /** Values of `${param:x}`; they win over `params` in serverless.yml. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values of `!Ref X` by `X` and of `!GetAtt X.Arn` by `X.Arn`. */
  readonly references: Readonly<Record<string, string>>;
  /** What `!If` decides by: CloudFormation's conditions by name. Default none. */
  readonly conditions?: Readonly<Record<string, boolean>>;
  /** Further references and conditions, which follow from parameters. Asked anew with each reading of serverless.yml. */
  readonly templateValues?: TemplateValuesFrom;
  /**
   * Origin that serves the path of `<issuer>/.well-known/jwks.json` for the issuers of JWT authorizers, whose own origin is
   * AWS's. Null, the default, refuses a serverless.yml with a JWT authorizer.
   */
  readonly jwksOrigin?: string | null;
  /** Added to the environment of every function. */
  readonly environment: Readonly<Record<string, string>>;
  /** Every line that a function writes, by its key in serverless.yml. */
  readonly onFunctionLog: (functionName: string, line: string) => void;
  /** As provisioned concurrency: how many instances of a function are kept started. By its key in serverless.yml. */
  readonly warmInstances?: Readonly<Record<string, number>>;
  readonly knobs?: Partial<GatewayKnobs>;
}

/** AWS behaviour that no document settles (PARITY.md says what each default rests on). */
export interface GatewayKnobs {
  /** Status for a Lambda answer that is no HTTP response, and for function errors and time-outs. */
  readonly lambdaErrorStatus: 500 | 502;
  /** HTTP API hands `rawPath` to functions percent-decoded. */
  readonly rawPath: 'decoded' | 'as-sent';
  /** A preflight from an origin that is not allowed: answered 204 without CORS headers, or treated as any request. */
  readonly preflightOfOtherOrigins: 'answer' | 'route';
  /** Whether the gateway's own errors carry CORS headers, so that a browser may read them. */
  readonly corsOnGatewayErrors: boolean;
  /** Status when a JWT authorizer cannot get its issuer's keys. */
  readonly jwksUnreachableStatus: 401 | 500;
  /** How long a JWT authorizer uses keys before it gets them anew, in the local stack's time. */
  readonly jwksCacheMs: number;
  readonly jwksTimeoutMs: number;
  /** A larger key set cannot be had. */
  readonly jwksLimitBytes: number;
  /** Whether a version or alias that nobody created is accepted as a function's qualifier. */
  readonly qualifiers: 'any' | 'latest-only';
  /** Request line, header names and header values together. */
  readonly headerLimitBytes: number;
  readonly bodyLimitBytes: number;
  readonly integrationTimeoutMs: number;
  readonly initTimeoutMs: number;
  /** Payload of an Invoke that waits for its result. */
  readonly invokeLimitBytes: number;
  /** Payload of an Invoke of type Event. */
  readonly asyncInvokeLimitBytes: number;
}

export const DEFAULT_KNOBS: GatewayKnobs = {
  lambdaErrorStatus: 500,
  rawPath: 'decoded',
  preflightOfOtherOrigins: 'answer',
  corsOnGatewayErrors: true,
  jwksUnreachableStatus: 401,
  // API Gateway developer guide, "JWT authorizers": two hours.
  jwksCacheMs: 2 * 60 * 60 * 1000,
  qualifiers: 'any',
  // API Gateway developer guide, "Quotas for configuring and running an HTTP API".
  headerLimitBytes: 10_240,
  bodyLimitBytes: 10 * 1024 * 1024,
  integrationTimeoutMs: 30_000,
  jwksTimeoutMs: 1500,
  jwksLimitBytes: 150_000,
  // Lambda developer guide, "Lambda execution environment lifecycle" and "Lambda quotas".
  initTimeoutMs: 10_000,
  invokeLimitBytes: 6 * 1024 * 1024,
  asyncInvokeLimitBytes: 1024 * 1024,
};
