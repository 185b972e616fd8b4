import type { DescService } from "@bufbuild/protobuf";
import { TextInput } from "@mantine/core";
import { IconEye, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { methodHref } from "../../../call-link/method-address.ts";
import { AppLink } from "../../../shell/app-link.tsx";
import { promiseOf } from "../schema/method-kind.ts";
import { methodName, type SchemaProblem } from "../schema/schema.ts";
import { nameOfServer, useServer } from "../server/server-context.ts";
import side from "../side-list.module.css";
import { filterServices } from "./filter-services.ts";
import { KindIcon } from "./kind-icon.tsx";
import classes from "./service-tree.module.css";

/** What can be called, and what is chosen. */
export interface ServiceTreeProps {
  readonly services: readonly DescService[];
  readonly problems: readonly SchemaProblem[];
  /** The name of the chosen method, if there is one. */
  readonly chosen: string | undefined;
  /** Hears that a method was chosen, also the one that is chosen already. */
  readonly onChoose: () => void;
}

/** All services and their methods, each a link, with a field to find one. */
export function ServiceTree({ services, problems, chosen, onChoose }: ServiceTreeProps) {
  const [search, setSearch] = useState("");
  const server = nameOfServer(useServer());
  const shown = filterServices(services, search);
  return (
    <nav aria-label="Services and methods" className={classes.tree}>
      <TextInput
        type="search"
        aria-label="Find a method"
        placeholder="Find a method"
        value={search}
        leftSection={<IconSearch aria-hidden size={16} />}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={side.scroll}>
        {shown.map(({ service, methods }) => (
          <section key={service.typeName} aria-label={service.typeName}>
            <h2 className={side.heading} title={service.typeName}>
              <span className={classes.package}>{service.file.proto.package}</span>
              {service.name}
            </h2>
            <ul className={side.list}>
              {methods.map((method) => {
                const name = methodName(method);
                return (
                  <li key={name}>
                    <AppLink
                      href={methodHref(name, server)}
                      className={classes.method}
                      onClick={onChoose}
                      aria-current={name === chosen ? "true" : undefined}
                    >
                      <KindIcon kind={method.methodKind} />
                      <span className={classes.name}>{method.name}</span>
                      {promiseOf(method) === "Read only" && (
                        <IconEye role="img" aria-label="Read only" size={15} stroke={1.5} />
                      )}
                    </AppLink>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
        {shown.length === 0 && <p className={classes.none}>No method matches.</p>}
        {problems.map(({ service, reason }) => (
          <p key={service} className={classes.none}>
            {service} cannot be shown: {reason}.
          </p>
        ))}
      </div>
    </nav>
  );
}
