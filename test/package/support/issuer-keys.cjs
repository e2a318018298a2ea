// On Lambda a function accepts signing keys from nowhere but its user pool's own address, and refuses the variable that
// says otherwise off Lambda: nothing in its configuration can lead it to a pool on this machine. So this does what a
// network would, below the function: requests to that one host, and to no other, end at the stand-in. What is not shown
// thereby is the connection itself: name, TLS, certificate.
const http = require('node:http');
const https = require('node:https');

const { AWS_REGION, JWKS_ORIGIN } = process.env;
// The function's environment stays what Lambda sets.
delete process.env.JWKS_ORIGIN;
const issuerHost = `cognito-idp.${AWS_REGION}.amazonaws.com`;
const request = https.request;

https.request = (url, ...others) =>
  url instanceof URL && url.hostname === issuerHost
    ? http.request(new URL(url.pathname, JWKS_ORIGIN), ...others)
    : request(url, ...others);
