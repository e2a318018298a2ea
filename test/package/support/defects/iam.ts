import { type Damageable, properties, property, type Seeds, sometimes, TOKENS, without } from './damage.ts';

const policies = (t: Damageable, role: string) => properties(t, role).Policies;
const statements = (t: Damageable, role: string) => policies(t, role)[0].PolicyDocument.Statement;

const EVERYTHING = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Resource: 'arn:aws:iam::123456789012:role/a',
};
const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });

/** Least privilege. */
export const IAM_DEFECTS: Seeds = {
  'iam-equals-the-table': {
    'an action more than is declared': (t) =>
      statements(t, 'TokensRole')[1].Action.push('ivschat:DisconnectUser'),
    'an action less than is declared': (t) => statements(t, 'ModerationRole')[1].Action.pop(),
    'every room instead of the registered one': (t) => {
      const arn = ['arn:', { Ref: 'AWS::Partition' }, ':ivschat:*:*:room/*'];
      statements(t, 'TokensRole')[1].Resource = { 'Fn::Join': ['', arn] };
    },
    'a room that is named by a text that reads like a reference': (t) => {
      const arn = statements(t, 'TokensRole')[1].Resource['Fn::Sub'];
      arn[1].Id = { 'Fn::Join': ['', ['if(CreateRoom; ', { 'Fn::GetAtt': ['Room', 'Id'] }, '; *)']] };
    },
    'another function’s log group': (t) => {
      statements(t, 'HealthRole')[0].Resource = statements(t, 'TokensRole')[0].Resource;
    },
    'a role from elsewhere': property(TOKENS, ['Role'], 'arn:aws:iam::123456789012:role/admin'),
    'another function’s role': (t) => {
      properties(t, 'HealthLambdaFunction').Role = properties(t, TOKENS).Role;
    },
    'a function of which the table says nothing': (t) => {
      t.Resources.More = structuredClone(t.Resources.HealthLambdaFunction);
      property('More', ['Handler'], 'dist/more/index.handler')(t);
      t.Resources.MoreRole = structuredClone(t.Resources.HealthRole);
      property('MoreRole', ['Policies'], [])(t);
      property('More', ['Role'], { 'Fn::GetAtt': ['MoreRole', 'Arn'] })(t);
    },
    'a function that is gone, and whose permissions are still declared': without('HealthLambdaFunction'),
  },
  'iam-roles-are-plain': {
    'one role for two functions': (t) => {
      properties(t, 'HealthLambdaFunction').Role = properties(t, TOKENS).Role;
    },
    'a role that others may take': (t) => {
      properties(t, 'TokensRole').AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '*' };
    },
  },
  'policies-are-plain': {
    'a wildcard action': (t) => {
      statements(t, 'TokensRole')[1].Action = ['ivschat:*'];
    },
    'every resource': (t) => {
      statements(t, 'ModerationRole')[1].Resource = '*';
    },
    'everything but one action': (t) =>
      statements(t, 'HealthRole').push({ Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' }),
    'a statement that denies': (t) => {
      statements(t, 'ModerationRole')[1].Effect = 'Deny';
    },
    'a statement under a condition of IAM’s': (t) => {
      statements(t, 'ModerationRole')[1].Condition = { Bool: { 'aws:SecureTransport': true } };
    },
    'a policy under a condition': (t) =>
      policies(t, 'TokensRole').push(sometimes({ PolicyName: 'more', PolicyDocument: document(EVERYTHING) })),
    'a policy that says more': (t) => {
      policies(t, 'TokensRole')[0].PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    },
    'policies under a condition': (t) => {
      properties(t, 'TokensRole').Policies = sometimes(policies(t, 'TokensRole'));
    },
    'a policy document under a condition': (t) =>
      policies(t, 'TokensRole').push({
        PolicyName: 'more',
        PolicyDocument: { 'Fn::If': ['CreateRoom', document(EVERYTHING), document()] },
      }),
    'statements under a condition': (t) =>
      policies(t, 'TokensRole').push({
        PolicyName: 'more',
        PolicyDocument: { Version: '2012-10-17', Statement: sometimes([EVERYTHING]) },
      }),
    'a statement under a condition': (t) => statements(t, 'TokensRole').push(sometimes(EVERYTHING)),
    'an action under a condition': (t) => {
      statements(t, 'TokensRole')[1].Action.push(sometimes('ivschat:DeleteMessage'));
    },
    'a document in the old language': (t) => {
      policies(t, 'TokensRole')[0].PolicyDocument.Version = '2008-10-17';
    },
  },
};
