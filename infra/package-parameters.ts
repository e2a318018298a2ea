import { parseArgs } from 'node:util';

type ParameterRule = readonly [form: RegExp, words: string];

const SWITCH: ParameterRule = [/^(?:on|off)$/, 'on or off'];
const COUNT: ParameterRule = [/^(?:0|[1-9]\d{0,4})$/, 'a whole number'];
const LIST: ParameterRule = [/^[^\s]*$/, 'a list with commas and without blanks'];

/** Parameters of serverless.yml and what they may be. What they mean: docs/template.md. */
export const PARAMETERS: Readonly<Record<string, ParameterRule>> = {
  allowedOrigin: [/^https?:\/\/[a-z0-9.-]+(?::\d+)?$/, 'an exact origin such as https://chat.example.com'],
  userPoolId: [/^(?:[a-z]{2}(?:-[a-z]+)+-\d_[a-zA-Z0-9]+)?$/, 'a user pool id such as eu-west-1_Ab12Cd34E'],
  userPoolClientId: [/^[\w+]{0,128}$/, 'an app client id'],
  roomId: [/^(?:[a-zA-Z0-9]{12})?$/, 'a room id of 12 letters and digits'],
  selfSignUp: SWITCH,
  // lib/environment.ts has the same limits.
  sessionMinutes: [/^(?:[5-9]|[1-9]\d|1[0-7]\d|180)$/, 'a whole number from 5 to 180'],
  socketModeration: SWITCH,
  avatarIds: LIST,
  avatarHosts: LIST,
  onFailure: [/^(?:deny|allow)$/, 'deny or allow'],
  reviewConcurrency: COUNT,
  reviewReservedConcurrency: COUNT,
  gatewayAuthorizer: SWITCH,
  chatLogging: SWITCH,
  // CloudFormation's schema knows which numbers of days CloudWatch Logs takes.
  chatLogRetentionDays: COUNT,
};

/**
 * Checks the parameters of a command line, which osls takes as they come: one that it does not know has no effect, and
 * one with a strange value fails without its name.
 *
 * @returns what is wrong, one sentence a parameter.
 */
export function parameterProblems(args: readonly string[]): string[] {
  const { values } = parseArgs({
    args: [...args],
    options: { param: { type: 'string', multiple: true } },
    strict: false,
  });
  return (values.param ?? []).flatMap((given) => {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(String(given)) ?? [];
    const rule = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (!rule) return `${name}: there is no such parameter; there are ${Object.keys(PARAMETERS).join(', ')}`;
    const [form, words] = rule;
    return form.test(value) ? [] : `${name}: must be ${words}`;
  });
}
