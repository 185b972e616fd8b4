import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { create, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { afterAll, afterEach, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";
import { messagesOf, relayCall } from "./relayed-call.ts";

const { sayHello } = GreeterService.method;
const directory = await mkdtemp(join(tmpdir(), "triptych-"));
const certificate = await createCertificate();
const [TLS_CERT, TLS_KEY] = [join(directory, "cert.pem"), join(directory, "key.pem")];
await writeFile(TLS_CERT, certificate.cert);
await writeFile(TLS_KEY, certificate.key);
const known = getCACertificates("default");

const target = useServer({ TLS_CERT, TLS_KEY });
const relay = useServer(async () => ({ EXPLORER_TARGETS: `https://localhost:${target.port}` }));

afterEach(() => setDefaultCACertificates(known));
afterAll(() => rm(directory, { recursive: true }));

const greet = () => {
  const head = { target: `grpcs://localhost:${target.port}`, method: `${GreeterService.typeName}/${sayHello.name}` };
  return relayCall(relay.baseUrl, head, [toBinary(sayHello.input, create(sayHello.input, { name: "Ada" }))]);
};

it("calls a server whose certificate is known, over TLS", async () => {
  setDefaultCACertificates([...known, certificate.cert]);
  const relayed = await greet();
  expect(relayed.status).toMatchObject({ code: 0 });
  expect(messagesOf(relayed, sayHello)).toMatchObject([{ message: "Hello, Ada!" }]);
});

it("calls no server whose certificate nobody knows", async () => {
  expect((await greet()).status).toMatchObject({ code: Code.Unavailable });
});
