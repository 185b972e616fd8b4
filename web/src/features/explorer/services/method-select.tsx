import type { DescService } from "@bufbuild/protobuf";
import { NativeSelect } from "@mantine/core";
import { kindName } from "../schema/method-kind.ts";
import { methodName } from "../schema/schema.ts";

/** What can be called, and what is chosen. */
export interface MethodSelectProps {
  readonly services: readonly DescService[];
  readonly chosen: string | undefined;
  readonly onChoose: (method: string) => void;
}

/** All methods in one control, for screens too narrow for the tree. */
export function MethodSelect({ services, chosen, onChoose }: MethodSelectProps) {
  return (
    <NativeSelect
      label="Method"
      size="md"
      value={chosen ?? ""}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {chosen === undefined && <option value="">Choose a method</option>}
      {services.map((service) => (
        <optgroup key={service.typeName} label={service.typeName}>
          {service.methods.map((method) => (
            <option key={method.name} value={methodName(method)}>
              {method.name} · {kindName(method.methodKind)}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
  );
}
