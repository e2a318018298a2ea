import { render } from '../render.ts';
import type { Rule } from '../rule.ts';
import { list, ofType } from '../template.ts';

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/;
/** A method or a header, and no `*`. */
const WORD = /^[A-Za-z-]+$/;

/** Browsers may call from origins that are written out, never from any, and never with cookies. */
export const corsIsExact: Rule = {
  name: 'cors-is-exact',
  *check(template) {
    for (const { id, properties } of ofType(template, 'AWS::ApiGatewayV2::Api')) {
      const cors = (properties.CorsConfiguration ?? {}) as Record<string, unknown>;
      if (list(cors.AllowOrigins).length === 0) yield [id, 'allows no origin'];
      for (const origin of list(cors.AllowOrigins)) {
        if (!ORIGIN.test(render(origin))) yield [id, `allows ${render(origin)}, which is no exact origin`];
      }
      for (const name of ['AllowMethods', 'AllowHeaders', 'ExposeHeaders']) {
        for (const word of list(cors[name]))
          if (!WORD.test(render(word))) yield [id, `has ${render(word)} in ${name}; it is written out`];
      }
      if (![undefined, false].includes(cors.AllowCredentials as undefined))
        yield [id, 'allows credentials; callers send bearer tokens'];
    }
  },
};

/** There is one API, for HTTP, and everything of API Gateway's in the template belongs to it. */
export const apiIsOne: Rule = {
  name: 'api-is-one',
  *check(template) {
    const [api] = ofType(template, 'AWS::ApiGatewayV2::Api');
    if (api?.properties.ProtocolType !== 'HTTP') yield [api?.id ?? 'template', 'is no HTTP API'];
    for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
      const belongs = Type.startsWith('AWS::ApiGatewayV2::') && id !== api?.id;
      if (belongs && render(Properties?.ApiId) !== `\${${api?.id}}`) yield [id, 'belongs to another API'];
    }
  },
};
