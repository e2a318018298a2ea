import type { Rule } from '../rule.ts';
import { ofType, render } from '../template.ts';

/** Services that may invoke our functions. */
const PRINCIPALS = ['ivschat.amazonaws.com', 'apigateway.amazonaws.com'];

const ACCOUNT = render({ Ref: 'AWS::AccountId' });
const IVS_SOURCE = /^arn:\$\{AWS::Partition\}:ivschat:\$\{AWS::Region\}:\$\{AWS::AccountId\}:room\/\S/;
const API_SOURCE =
  /^arn:\$\{AWS::Partition\}:execute-api:\$\{AWS::Region\}:\$\{AWS::AccountId\}:\$\{HttpApi\}\//;

/** Nobody invokes a function but IVS Chat and our API. */
export const permissionsAreNotPublic: Rule = {
  name: 'permissions-are-not-public',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Lambda::Permission')) {
      const principal = String(properties.Principal);
      if (!PRINCIPALS.includes(principal)) yield [id, `lets ${principal} invoke a function`];
      if (properties.Action !== 'lambda:InvokeFunction') yield [id, `permits ${properties.Action}`];
    }
    for (const { id } of ofType(template, 'AWS::Lambda::Url')) yield [id, 'opens a function past the API'];
  },
};

/** A service invokes on behalf of everybody: the account and the resource say whose. */
export const permissionsArePinned: Rule = {
  name: 'permissions-are-pinned',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::Lambda::Permission')) {
      const source = properties.SourceArn === undefined ? 'nothing' : render(properties.SourceArn);
      if (properties.Principal === 'ivschat.amazonaws.com') {
        if (render(properties.SourceAccount) !== ACCOUNT)
          yield [id, 'is not pinned to this account by SourceAccount'];
        if (!IVS_SOURCE.test(source))
          yield [id, `has ${source} as SourceArn; rooms of this account and region are due`];
      } else if (!API_SOURCE.test(source)) yield [id, `has ${source} as SourceArn; this API is due`];
    }
  },
};
