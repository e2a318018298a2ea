/** Answers with the request's body: what a route costs when its function does nothing. */
export const handler = async ({ body }) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body,
});
