import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";

/** The line that greets from a terminal, for the server at an origin such as `http://localhost:8080`. */
export function curlCommand(origin: string): string {
  const path = `${GreeterService.typeName}/${GreeterService.method.sayHello.name}`;
  return `curl -H 'content-type: application/json' -d '{"name":"Ada"}' ${origin}/${path}`;
}
