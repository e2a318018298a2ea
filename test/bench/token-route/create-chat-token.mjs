import { CreateChatTokenCommand, IvschatClient } from '@aws-sdk/client-ivschat';

const { AWS_REGION: region, ACCOUNT_ID: accountId } = process.env;
const client = new IvschatClient({ region, maxAttempts: 1 });

/** Asks IVS Chat for a token and nothing else: neither the caller nor the request is looked at. */
export const handler = async ({ pathParameters: { roomId } }) => {
  const { token } = await client.send(
    new CreateChatTokenCommand({
      roomIdentifier: `arn:aws:ivschat:${region}:${accountId}:room/${roomId}`,
      userId: 'bench',
      capabilities: ['SEND_MESSAGE'],
      sessionDurationInMinutes: 60,
    }),
  );
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  };
};
