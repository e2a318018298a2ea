import type { Credentials } from './credentials.ts';

/** What `.local/stack.json` tells programs about a running local stack. What is not built yet is `null`. */
export interface StackDescription {
  readonly apiUrl: string;
  readonly consoleUrl: string | null;
  readonly region: string;
  /** Control plane of the IVS Chat stand-in: `AWS_ENDPOINT_URL_IVSCHAT`. */
  readonly ivsChatEndpoint: string;
  /** WebSocket address for `amazon-ivs-chat-messaging`'s `regionOrUrl`. */
  readonly messagingUrl: string;
  readonly cognitoEndpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly dynamodbEndpoint: string;
  readonly tableName: string;
  readonly lambdaEndpoint: string;
  readonly connectEndpoint: string | null;
  readonly controlUrl: string;
  /** AWS credentials that the functions sign with, new at every start; the IVS Chat stand-in takes test/test too. */
  readonly credentials: Credentials;
  readonly rooms: readonly { readonly id: string; readonly arn: string; readonly name: string }[];
  readonly users: readonly SeededUser[];
}

export interface SeededUser {
  readonly username: string;
  /** For this machine only: the user pool lives and dies with the local stack. */
  readonly password: string;
  readonly role: 'admin' | 'moderator' | 'viewer';
  /** Cognito's `sub`, which is the user's id in IVS Chat. */
  readonly userId: string;
}
