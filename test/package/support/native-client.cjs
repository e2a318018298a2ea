// In place of `rapid-client.node`, the runtime interface client's own connection to the Runtime API. It is C++ that the
// package compiles while it is installed; npm does not run install scripts here. Everything else stays the real client.
const http = require('node:http');
const { registerHooks } = require('node:module');
const { pathToFileURL } = require('node:url');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
// One connection: an answer is always sent before the next event is asked for.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** Resolves with the answer's text. Errors end the process, as the connection to the Runtime API is all that it has. */
function send(method, path, body) {
  return new Promise((resolve, reject) => {
    const options = { hostname, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}` };
    const request = http.request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

module.exports = {
  next: async () => {
    const { text, headers } = await send('GET', 'next');
    return { bodyJson: text, headers };
  },
  // The real one sends these while it blocks: a handler that ends its process right after its answer would differ.
  done: (id, body) => void send('POST', `${id}/response`, body),
  error: (id, body) => void send('POST', `${id}/error`, body),
};

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === './rapid-client.node'
      ? { url: pathToFileURL(__filename).href, format: 'commonjs', shortCircuit: true }
      : nextResolve(specifier, context),
});
