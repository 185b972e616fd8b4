// The health check of the image: asks the server that runs with this environment whether it is ready, and ends with status 1 where it is not.
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

const { PORT, HOST, TLS, TLS_CERT } = process.env;
const isEncrypted = Boolean(TLS || TLS_CERT);
const request = isEncrypted ? requestHttps : requestHttp;
// By whose certificate it answers says nothing of that.
const options = {
  host: HOST || "127.0.0.1",
  port: PORT || 8080,
  path: "/readyz",
  timeout: 2_000,
  rejectUnauthorized: false,
};
const asked = request(options, (response) => {
  response.resume();
  process.exitCode = response.statusCode === 200 ? 0 : 1;
});
asked.on("timeout", () => asked.destroy(new Error("no answer")));
asked.on("error", () => {
  process.exitCode = 1;
});
asked.end();
