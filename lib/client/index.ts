export { type Denial, parseDenial } from './denial.ts';
export { TokenError } from './token-error.ts';
export {
  type ChatProfile,
  createTokenProvider,
  type ProvidedToken,
  type TokenProvider,
  type TokenProviderOptions,
} from './token-provider.ts';
