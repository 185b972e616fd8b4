import { Anchor } from "@mantine/core";
import classes from "./project-links.module.css";

/** Where the documentation and the source are; undefined for what the project has not published. */
export interface ProjectLinks {
  readonly docs: string | undefined;
  readonly source: string | undefined;
}

/** What the build has read from the `package.json` of the project. */
declare const PROJECT_LINKS: ProjectLinks;

/** Links to the documentation and the source, where the project names their addresses. */
export function ProjectLinksList({ links = PROJECT_LINKS }: { readonly links?: ProjectLinks }) {
  const { docs, source } = links;
  if (docs === undefined && source === undefined) return null;
  return (
    <nav aria-label="About this project" className={classes.links}>
      {docs !== undefined && <Anchor href={docs}>Documentation</Anchor>}
      {source !== undefined && <Anchor href={source}>Source</Anchor>}
    </nav>
  );
}
