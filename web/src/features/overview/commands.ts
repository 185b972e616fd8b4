/** A program that greets, as it is typed into a terminal. */
export interface Command {
  /** What runs it. */
  readonly name: string;
  /** Which protocol it speaks. */
  readonly protocol: string;
  readonly text: string;
}

const method = "triptych.greeter.v1.GreeterService/SayHello";

/** The same greeting from three programs, for a server at an origin such as `http://localhost:8080`. */
export function commandsFor(origin: string): readonly Command[] {
  const { protocol, host, hostname, port } = new URL(origin);
  const isPlain = protocol === "http:";
  const address = port === "" ? `${hostname}:${isPlain ? 80 : 443}` : host;
  const message = '{"name": "Ada"}';
  return [
    {
      name: "curl",
      protocol: "Connect",
      text: `curl -H 'content-type: application/json' -d '${message}' ${origin}/${method}`,
    },
    {
      name: "grpcurl",
      protocol: "gRPC",
      text: `grpcurl ${isPlain ? "-plaintext " : ""}-d '${message}' ${address} ${method}`,
    },
    {
      name: "Python",
      protocol: "Connect",
      text: [
        "python3 - <<'END'",
        "from urllib.request import Request, urlopen",
        `url = "${origin}/${method}"`,
        `call = Request(url, b'${message}', {"content-type": "application/json"})`,
        "print(urlopen(call).read().decode())",
        "END",
      ].join("\n"),
    },
  ];
}
