import type { StackDescription } from './stack-description.ts';

/**
 * What `npm start` prints: where everything is, who can sign in, and what to try first.
 *
 * @param stackFile where the description was written, as the reader would name it.
 * @param anySignature whether IVS Chat takes requests that nobody has signed.
 */
export function describe(stack: StackDescription, stackFile: string, anySignature: boolean): string {
  const [room] = stack.rooms;
  const { accessKeyId, secretAccessKey } = stack.credentials;
  const keyPairs = `${accessKeyId} / ${secretAccessKey}, or test / test`;
  const addresses: [string, string][] = [
    ['API', stack.apiUrl],
    ['IVS Chat control plane', stack.ivsChatEndpoint],
    ['IVS Chat messaging', stack.messagingUrl],
    ['Cognito', `${stack.cognitoEndpoint}  (pool ${stack.userPoolId}, client ${stack.clientId})`],
    ['DynamoDB', `${stack.dynamodbEndpoint}  (table ${stack.tableName})`],
    ['Lambda Invoke', stack.lambdaEndpoint],
    ['Control port', `${stack.controlUrl}  (curl it for what it does)`],
    ['Room', `${room?.name}  ${room?.id}`],
    ['AWS region', stack.region],
    ['AWS credentials', anySignature ? 'any: signatures are not verified' : keyPairs],
  ];
  const people = stack.users.map(
    ({ username, password, role }) => `  ${username.padEnd(10)} ${role.padEnd(10)} ${password}`,
  );
  return [
    '',
    ...addresses.map(([name, value]) => `  ${name.padEnd(24)} ${value}`),
    '',
    `  ${'Person'.padEnd(10)} ${'Role'.padEnd(10)} Password`,
    ...people,
    '',
    `  The same as JSON: ${stackFile}.  See it work: npm run demo (in another terminal).  Stop: Ctrl-C.`,
    '',
  ].join('\n');
}
