/** Environment variables as Lambda hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the function runs. */
export interface Deployment {
  readonly region: string;
  /** The AWS account that owns the rooms. */
  readonly accountId: string;
}

/** What every function needs that verifies callers. */
export interface CallerEnvironment extends Deployment {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly registeredRooms: readonly string[];
  /** Loopback origin that serves the JWKS on a laptop; never set on AWS. */
  readonly localJwksOrigin: string | undefined;
}

/** Configuration of the `tokens` function. */
export interface TokensEnvironment extends CallerEnvironment {
  readonly sessionMinutes: number;
  /** `off` withholds DELETE_MESSAGE and DISCONNECT_USER from every chat token. */
  readonly socketModeration: 'on' | 'off';
  readonly avatarIds: readonly string[];
  readonly avatarHosts: readonly string[];
}

/** Configuration of the `review-message` function. */
export interface ReviewEnvironment extends Deployment {
  /** The decision when review itself fails. */
  readonly onFailure: 'deny' | 'allow';
}

/** Session length that this product offers (5..180: a shorter one would only renew); IVS Chat takes 1..180 (API reference, CreateChatToken). */
const SESSION_MINUTES_MIN = 5;
const SESSION_MINUTES_MAX = 180;

const LOOPBACK_ORIGIN = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/** Configuration is wrong: thrown while a function starts, naming every variable and its rule (never its value). */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`invalid environment: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** Reads variables and gathers what is wrong with them, so that one start shows every mistake. */
class Reader {
  readonly #env: Environment;
  readonly #problems: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  /** A variable that must match `pattern`; `rule` says so in words. */
  text(name: string, pattern: RegExp, rule: string): string {
    const value = this.#env[name];
    if (value === undefined) this.refuse(name, `is missing: ${rule}`);
    else if (!pattern.test(value)) this.refuse(name, rule);
    return value ?? '';
  }

  /** A whole number in plain decimal digits. */
  wholeNumber(name: string, min: number, max: number): number {
    const written = this.#env[name];
    const value = /^\d+$/.test(written ?? '') ? Number(written) : Number.NaN;
    const missing = written === undefined ? 'is missing: ' : '';
    if (!(value >= min && value <= max)) {
      this.refuse(name, `${missing}must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  oneOf<const Value extends string>(name: string, values: readonly Value[]): Value {
    const value = this.#env[name];
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) this.refuse(name, `must be one of ${values.join(', ')}`);
    return found ?? (values[0] as Value);
  }

  /** A comma-separated list; blanks around items are dropped, an absent variable is an empty list. */
  list(name: string, item: RegExp, rule: string): readonly string[] {
    const items = (this.#env[name] ?? '').split(',').map((part) => part.trim());
    const present = items.filter((part) => part !== '');
    if (!present.every((part) => item.test(part))) this.refuse(name, rule);
    return present;
  }

  refuse(name: string, rule: string): void {
    this.#problems.push(`${name} ${rule}`);
  }

  has(name: string): boolean {
    return Boolean(this.#env[name]);
  }

  startsWith(name: string, prefix: string): boolean {
    return this.#env[name]?.startsWith(prefix) ?? false;
  }

  /** @throws EnvironmentError when anything was refused. */
  finish<Value>(value: Value): Value {
    if (this.#problems.length > 0) throw new EnvironmentError(this.#problems);
    return value;
  }
}

/** @throws EnvironmentError */
export function readTokensEnvironment(env: Environment = process.env): TokensEnvironment {
  const reader = new Reader(env);
  return reader.finish({
    ...callerEnvironment(reader),
    sessionMinutes: reader.wholeNumber('SESSION_MINUTES', SESSION_MINUTES_MIN, SESSION_MINUTES_MAX),
    socketModeration: reader.oneOf('SOCKET_MODERATION', ['on', 'off']),
    avatarIds: reader.list('AVATAR_IDS', /^[\w-]{1,64}$/, 'must hold ids of 1 to 64 letters, digits, _ or -'),
    avatarHosts: reader.list(
      'AVATAR_HOSTS',
      /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/,
      'must hold host names in lower case, without scheme, port or path',
    ),
  });
}

/** @throws EnvironmentError */
export function readModerationEnvironment(env: Environment = process.env): CallerEnvironment {
  const reader = new Reader(env);
  return reader.finish(callerEnvironment(reader));
}

/** @throws EnvironmentError */
export function readReviewEnvironment(env: Environment = process.env): ReviewEnvironment {
  const reader = new Reader(env);
  return reader.finish({ ...deployment(reader), onFailure: reader.oneOf('ON_FAILURE', ['deny', 'allow']) });
}

/** @returns the version that was built; the build replaces the variable by its value. */
export function readVersion(): string {
  return process.env.ROOMKEEPER_VERSION ?? 'unbuilt';
}

function deployment(reader: Reader): Deployment {
  return {
    region: reader.text('AWS_REGION', /^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be an AWS region'),
    accountId: reader.text('ACCOUNT_ID', /^\d{12}$/, 'must be a 12-digit AWS account id'),
  };
}

function callerEnvironment(reader: Reader): CallerEnvironment {
  const registeredRooms = reader.list(
    'REGISTERED_ROOMS',
    /^[a-zA-Z0-9]{12}$/,
    'must hold room ids of 12 letters and digits',
  );
  if (registeredRooms.length === 0) reader.refuse('REGISTERED_ROOMS', 'must name at least one room id');
  return {
    ...deployment(reader),
    userPoolId: reader.text(
      'USER_POOL_ID',
      /^[a-z]{2}(?:-[a-z]+)+-\d_[a-zA-Z0-9]+$/,
      'must be a user pool id such as eu-west-1_Ab12Cd34E',
    ),
    userPoolClientId: reader.text('USER_POOL_CLIENT_ID', /^[\w+]{1,128}$/, 'must be an app client id'),
    registeredRooms,
    localJwksOrigin: localJwksOrigin(reader),
  };
}

/** Keys from anywhere but Cognito would let whoever serves them sign in as anybody: off AWS and loopback only. */
function localJwksOrigin(reader: Reader): string | undefined {
  if (!reader.has('LOCAL_JWKS_ORIGIN')) return undefined;
  if (reader.startsWith('AWS_EXECUTION_ENV', 'AWS_Lambda_') || reader.has('AWS_LAMBDA_RUNTIME_API')) {
    reader.refuse('LOCAL_JWKS_ORIGIN', 'must not be set on AWS Lambda');
  }
  return reader.text('LOCAL_JWKS_ORIGIN', LOOPBACK_ORIGIN, 'must be http://<loopback host>:<port>');
}
