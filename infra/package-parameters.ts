import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { TEMPLATE_PARAMETERS } from './guard/parameter-table.ts';

const SERVERLESS_FILE = join(dirname(fileURLToPath(import.meta.url)), '..', 'serverless.yml');

/** A form and what it is in words. */
type ParameterRule = readonly [form: RegExp, words: string];

const SWITCH: ParameterRule = [/^(?:on|off)$/, 'on or off'];
const COUNT: ParameterRule = [/^(?:0|[1-9]\d{0,4})$/, 'a whole number'];

/**
 * Parameters of serverless.yml and what they may be; what they mean is in docs/template.md. What a function would refuse when it
 * starts (lib/environment.ts) is refused here already.
 */
export const PARAMETERS: Readonly<Record<string, ParameterRule>> = {
  allowedOrigin: [/^https?:\/\/[a-z0-9.-]+(?::\d+)?$/, 'an exact origin such as https://chat.example.com'],
  userPoolId: [patternOf('ExistingUserPoolId'), 'a user pool id such as eu-west-1_Ab12Cd34E'],
  userPoolClientId: [patternOf('ExistingUserPoolClientId'), 'an app client id'],
  roomId: [patternOf('ExistingRoomId'), 'a room id of 12 letters and digits'],
  selfSignUp: SWITCH,
  sessionMinutes: [/^(?:[5-9]|[1-9]\d|1[0-7]\d|180)$/, 'a whole number from 5 to 180'],
  socketModeration: SWITCH,
  avatarIds: [
    /^(?:[\w-]{1,64}(?:,[\w-]{1,64})*)?$/,
    'ids of letters, digits, _ and -, with commas between them',
  ],
  avatarHosts: [
    /^(?:(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?:,(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)*)?$/,
    'host names in lower case, without scheme, port or path, with commas between them',
  ],
  onFailure: [/^(?:deny|allow)$/, 'deny or allow'],
  reviewConcurrency: COUNT,
  reviewReservedConcurrency: COUNT,
  gatewayAuthorizer: SWITCH,
  chatLogging: SWITCH,
  // CloudFormation's schema knows which numbers of days CloudWatch Logs takes.
  chatLogRetentionDays: COUNT,
};

/** Regions that have IVS Chat (its endpoints in AWS's SDKs, 2026-11). A new one gets its name here. */
const REGIONS: readonly string[] = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
];

/** Stages whose frontend may be on a developer's machine. */
const DEVELOPMENT: readonly string[] = ['dev', 'local'];

/** What serverless.yml has for prod. It is nobody's (RFC 2606). */
const PLACEHOLDER_ORIGIN = 'https://chat.example.com';

interface Packaging {
  readonly stage: string;
  readonly region: string;
  readonly given: readonly (readonly [name: string, value: string])[];
  /** As given, else as serverless.yml has it for the stage. */
  readonly allowedOrigin: string | undefined;
}

/**
 * Checks a command line for what osls would take as it comes: parameters that it does not know have no effect, and those
 * with a strange value fail without their name, or on AWS.
 *
 * @returns what is wrong, one sentence each.
 */
export function packagingProblems(args: readonly string[]): string[] {
  const packaging = read(args);
  const { given, region } = packaging;
  return [
    ...given.flatMap(([name, value]) => parameterProblems(name, value)),
    ...(REGIONS.includes(region) ? [] : [`--region ${region}: IVS Chat is in ${REGIONS.join(', ')}`]),
    ...originProblems(packaging),
  ];
}

/** @returns what to know about a package before it is deployed, one sentence each. */
export function packagingNotes(args: readonly string[]): string[] {
  if (read(args).allowedOrigin !== PLACEHOLDER_ORIGIN) return [];
  return [
    `allowedOrigin is the placeholder ${PLACEHOLDER_ORIGIN}: no frontend can call this API. Give yours with --param=allowedOrigin=…`,
  ];
}

function read(args: readonly string[]): Packaging {
  const { values } = parseArgs({
    args: [...args],
    options: {
      param: { type: 'string', multiple: true, default: [] },
      region: { type: 'string', short: 'r', default: 'eu-west-1' },
      stage: { type: 'string', short: 's', default: 'dev' },
    },
    strict: false,
  });
  const given = (values.param ?? []).map((parameter) => splitParameter(String(parameter)));
  const stage = String(values.stage);
  const origin = given.findLast(([name]) => name === 'allowedOrigin');
  return {
    stage,
    region: String(values.region),
    given,
    allowedOrigin: origin ? origin[1] : defaultOf('allowedOrigin', stage),
  };
}

/** @returns what the template itself takes for one of its parameters. */
function patternOf(name: string): RegExp {
  return new RegExp(TEMPLATE_PARAMETERS[name]?.AllowedPattern ?? /$^/);
}

function splitParameter(parameter: string): readonly [name: string, value: string] {
  const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(parameter) ?? [];
  return [name, value];
}

/** @returns the value that serverless.yml has for a stage. */
function defaultOf(name: string, stage: string): string | undefined {
  // Short forms of CloudFormation functions are warnings to a YAML parser that does not know them.
  const { params } = parse(readFileSync(SERVERLESS_FILE, 'utf8'), { logLevel: 'error' }) as {
    params: Record<string, Record<string, string>>;
  };
  return params[stage]?.[name] ?? params.default?.[name];
}

function parameterProblems(name: string, value: string): string[] {
  const rule = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (!rule) {
    return [`--param ${name}: there is no such parameter; there are ${Object.keys(PARAMETERS).join(', ')}`];
  }
  const [form, words] = rule;
  return form.test(value) ? [] : [`--param ${name}: must be ${words}`];
}

function originProblems({ allowedOrigin, stage }: Packaging): string[] {
  if (allowedOrigin === undefined) {
    return [`--param allowedOrigin: stage ${stage} has no default; give the origin of its frontend`];
  }
  const isPlain = allowedOrigin.startsWith('http:') && !DEVELOPMENT.includes(stage);
  return isPlain ? [`--param allowedOrigin: must be https for stage ${stage}`] : [];
}
