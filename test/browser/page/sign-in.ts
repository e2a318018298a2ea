/** Signs in at Cognito as a page does: a plain cross-origin request, no SDK. @returns the access token. */
export async function signIn(
  { cognitoEndpoint, clientId }: { cognitoEndpoint: string; clientId: string },
  credentials: { username: string; password: string },
): Promise<string> {
  const response = await fetch(cognitoEndpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: credentials.username, PASSWORD: credentials.password },
    }),
  });
  const answer: { AuthenticationResult?: { AccessToken: string } } = await response.json();
  if (!answer.AuthenticationResult) throw new Error('signed out');
  return answer.AuthenticationResult.AccessToken;
}
