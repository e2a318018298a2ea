import type { User } from './directory.ts';
import { invalidParameter } from './errors.ts';

/** Attributes that every user pool has and a request may set (developer guide, "Working with user attributes"). */
const STANDARD_ATTRIBUTES: ReadonlySet<string> = new Set([
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
]);
const VALUE_MAX_LENGTH = 2048;

/** @throws CognitoError InvalidParameterException for a name that the pool does not have, `sub` and `custom:` ones included. */
export function checkAttributes(attributes: ReadonlyMap<string, string>): Record<string, string> {
  for (const [name, value] of attributes) {
    if (!STANDARD_ATTRIBUTES.has(name)) {
      throw invalidParameter('Attributes did not conform to the schema: only standard attributes exist');
    }
    if (value.length > VALUE_MAX_LENGTH) {
      throw invalidParameter(`Attributes did not conform to the schema: ${name} is too long`);
    }
  }
  return Object.fromEntries(attributes);
}

/** `AttributeListType` of a user, `sub` first as Cognito lists it. */
export function attributeList(user: User): { Name: string; Value: string }[] {
  const entries = Object.entries({ sub: user.sub, ...user.attributes });
  return entries.map(([Name, Value]) => ({ Name, Value }));
}
