/** What a function may reach; `own-log-group` is the log group that carries its name, `room` the registered room. */
export type ReachableResource = 'own-log-group' | 'room';

/** One permission of one function. */
export interface Permission {
  /** The function's key in serverless.yml. */
  readonly function: string;
  readonly action: string;
  readonly resource: ReachableResource;
}

const allow = (key: string, resource: ReachableResource, ...actions: string[]): Permission[] =>
  actions.map((action) => ({ function: key, action, resource }));

const logs = (key: string) => allow(key, 'own-log-group', 'logs:CreateLogStream', 'logs:PutLogEvents');

/** Every permission that exists. The roles of the packaged template are equal to it: nothing is missing, nothing is more. */
export const IAM_TABLE: readonly Permission[] = [
  ...logs('tokens'),
  ...allow('tokens', 'room', 'ivschat:CreateChatToken'),
  ...logs('moderation'),
  ...allow('moderation', 'room', 'ivschat:DeleteMessage', 'ivschat:DisconnectUser', 'ivschat:SendEvent'),
  ...logs('review-message'),
  ...logs('health'),
];
