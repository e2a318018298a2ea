import { checkAttributes } from './attributes.ts';
import type { User } from './directory.ts';
import {
  CognitoError,
  invalidParameter,
  notAuthorized,
  notImplemented,
  userNotFound,
  wrongCredentials,
} from './errors.ts';
import { CLIENT_ID, PASSWORD, SESSION } from './limits.ts';
import { optional, required } from './members.ts';
import { operation } from './operation.ts';
import { checkPolicy, hashPassword, isPassword } from './passwords.ts';
import { checkClient, type Pool } from './pool.ts';

type Flow = (pool: Pool, parameters: ReadonlyMap<string, string>) => Promise<object>;

/** AuthFlowType. The flows that an app client must allow and ours does not are refused in Cognito's own words. */
const FLOWS: ReadonlyMap<string, Flow> = new Map<string, Flow>([
  ['USER_PASSWORD_AUTH', signInWithPassword],
  ['REFRESH_TOKEN_AUTH', refresh],
  ['REFRESH_TOKEN', refresh],
  ['USER_SRP_AUTH', () => notEnabled('USER_SRP_AUTH')],
  ['CUSTOM_AUTH', () => notEnabled('CUSTOM_AUTH')],
  ['USER_AUTH', () => notEnabled('USER_AUTH')],
  ['ADMIN_NO_SRP_AUTH', () => wrongMethod()],
  ['ADMIN_USER_PASSWORD_AUTH', () => wrongMethod()],
]);

export const InitiateAuth = operation(
  {
    AuthFlow: required('string', { oneOf: [...FLOWS.keys()] }),
    AuthParameters: optional('map'),
    ClientId: CLIENT_ID,
  },
  async (pool, { AuthFlow, AuthParameters = new Map(), ClientId }) => {
    checkClient(pool, ClientId);
    refuseSecret(AuthParameters, ClientId);
    const flow = FLOWS.get(AuthFlow);
    if (!flow) throw notImplemented('this AuthFlow');
    return flow(pool, AuthParameters);
  },
);

export const RespondToAuthChallenge = operation(
  {
    ChallengeName: required('string'),
    ChallengeResponses: optional('map'),
    ClientId: CLIENT_ID,
    Session: optional('string', SESSION),
  },
  async (pool, { ChallengeName, ChallengeResponses = new Map(), ClientId, Session }) => {
    checkClient(pool, ClientId);
    refuseSecret(ChallengeResponses, ClientId);
    if (ChallengeName !== 'NEW_PASSWORD_REQUIRED') {
      throw notImplemented('any challenge but NEW_PASSWORD_REQUIRED');
    }
    if (Session === undefined) throw invalidParameter('Missing required parameter Session');
    return setNewPassword(pool, ChallengeResponses, Session);
  },
);

async function signInWithPassword(pool: Pool, parameters: ReadonlyMap<string, string>): Promise<object> {
  const username = parameter(parameters, 'USERNAME');
  const password = parameter(parameters, 'PASSWORD');
  const user = pool.directory.find(username);
  if (user && pool.knobs.disabledUserIsTold === 'before-password') checkEnabled(user);
  const right = await isPassword(password, user?.password);
  if (!user) throw pool.knobs.preventUserExistenceErrors === 'ENABLED' ? wrongCredentials() : userNotFound();
  if (!right) throw wrongCredentials();
  checkEnabled(user);
  if (user.passwordExpiresAt !== null && user.passwordExpiresAt <= pool.clock.now()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  return user.status === 'FORCE_CHANGE_PASSWORD' ? newPasswordRequired(pool, user) : signIn(pool, user);
}

async function refresh(pool: Pool, parameters: ReadonlyMap<string, string>): Promise<object> {
  const signIn = pool.signIns.redeem(parameter(parameters, 'REFRESH_TOKEN'));
  const user = pool.directory.findBySub(signIn.sub);
  if (!user) throw userNotFound();
  checkEnabled(user);
  return { AuthenticationResult: await pool.tokens.issue(user, signIn), ChallengeParameters: {} };
}

async function setNewPassword(
  pool: Pool,
  responses: ReadonlyMap<string, string>,
  session: string,
): Promise<object> {
  const username = parameter(responses, 'USERNAME');
  const password = parameter(responses, 'NEW_PASSWORD');
  const sub = pool.directory.find(username)?.sub;
  pool.challenges.check(session, sub);
  const attributes = checkAttributes(attributeResponses(responses));
  if (!PASSWORD.pattern.test(password) || password.length > PASSWORD.max) {
    throw new CognitoError('InvalidPasswordException', 'Password does not conform to the allowed characters');
  }
  checkPolicy(password, pool.knobs);
  const hash = await hashPassword(password, pool.random);
  const user = pool.directory.get(username);
  checkEnabled(user);
  // Only now, and without a pause in between: of two answers at once a single one may count.
  pool.challenges.take(session, user.sub);
  const confirmed = pool.directory.change(username, {
    password: hash,
    status: 'CONFIRMED',
    passwordExpiresAt: null,
    attributes: { ...user.attributes, ...attributes },
  });
  return signIn(pool, confirmed);
}

async function signIn(pool: Pool, user: User): Promise<object> {
  const { signIn, refreshToken } = pool.signIns.open(user.sub);
  const issued = await pool.tokens.issue(user, signIn);
  return { AuthenticationResult: { ...issued, RefreshToken: refreshToken }, ChallengeParameters: {} };
}

function newPasswordRequired(pool: Pool, user: User): object {
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: pool.challenges.issue(user.sub),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}

/** `userAttributes.<name>` in the answer to NEW_PASSWORD_REQUIRED sets that attribute. */
function attributeResponses(responses: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const prefix = 'userAttributes.';
  const named = [...responses].filter(([name]) => name.startsWith(prefix));
  return new Map(named.map(([name, value]) => [name.slice(prefix.length), value]));
}

function parameter(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

function checkEnabled(user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.');
}

function refuseSecret(parameters: ReadonlyMap<string, string>, clientId: string): void {
  if (parameters.has('SECRET_HASH')) {
    throw notAuthorized(`Client ${clientId} is not configured for secret but secret was received`);
  }
}

function notEnabled(flow: string): never {
  throw new CognitoError('InvalidParameterException', `${flow} is not enabled for the client.`, {
    notEmulated: true,
  });
}

function wrongMethod(): never {
  throw invalidParameter('Initiate Auth method not supported.');
}
