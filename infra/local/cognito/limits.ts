import { type Rule, required } from './members.ts';

/** Constraints that several operations share. Source of each: the service model of cognito-idp, 2016-04-18. */
const WORD_PATTERN = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

export const CLIENT_ID: Rule<'string', true> = required('string', { min: 1, max: 128, pattern: /^[\w+]+$/ });
export const USER_POOL_ID: Rule<'string', true> = required('string', {
  min: 1,
  max: 55,
  pattern: /^[\w-]+_[0-9a-zA-Z]+$/,
});
export const USERNAME: Rule<'string', true> = required('string', { min: 1, max: 128, pattern: WORD_PATTERN });
export const GROUP_NAME: Rule<'string', true> = required('string', {
  min: 1,
  max: 128,
  pattern: WORD_PATTERN,
});
export const TOKEN: Rule<'string', true> = required('string', { pattern: /^[A-Za-z0-9-_=.]+$/ });

/** PasswordType. */
export const PASSWORD = { max: 256, pattern: /^\S+$/ } as const;
/** SessionType. */
export const SESSION = { min: 20, max: 2048 } as const;
/** DescriptionType. */
export const DESCRIPTION_MAX_LENGTH = 2048;
