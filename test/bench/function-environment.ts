import { REVIEW, TOKENS } from '../unit/environment/environments.ts';

/** What every function needs to start, as Lambda hands it over. None of it leads anywhere. */
export const FUNCTION_ENVIRONMENT: Readonly<Record<string, string>> = { ...TOKENS, ...REVIEW };
