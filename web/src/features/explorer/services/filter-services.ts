import type { DescMethod, DescService } from "@bufbuild/protobuf";

/** A service and those of its methods that are shown. */
export interface ShownService {
  readonly service: DescService;
  readonly methods: readonly DescMethod[];
}

/** The methods whose service, name or messages contain every word of a search, whatever the case. */
export function filterServices(services: readonly DescService[], search: string): ShownService[] {
  const words = search
    .toLowerCase()
    .split(/[\s/]+/)
    .filter((word) => word !== "");
  return services
    .map((service) => ({ service, methods: service.methods.filter((method) => matches(method, words)) }))
    .filter(({ service, methods }) => methods.length > 0 || (words.length === 0 && service.methods.length === 0));
}

function matches({ parent, name, input, output }: DescMethod, words: readonly string[]): boolean {
  const text = `${parent.typeName} ${name} ${input.name} ${output.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The services in the order in which people look for them: those of the server before those that describe servers. */
export function sortServices(services: readonly DescService[]): DescService[] {
  const isInfrastructure = ({ typeName }: DescService) =>
    Number(/^grpc\.(health|reflection|channelz)\./.test(typeName));
  const isUnversioned = ({ file }: DescService) => Number(!/\.v\d+/.test(file.proto.package));
  return services.toSorted(
    (a, b) =>
      isInfrastructure(a) - isInfrastructure(b) ||
      isUnversioned(a) - isUnversioned(b) ||
      a.typeName.localeCompare(b.typeName, "en"),
  );
}
