import { PageHeader } from "../components/page-header.tsx";
import { PartFailure } from "./part-failure.tsx";

/** What is shown instead of a page that could not be loaded or drawn. */
export function PageFailure() {
  return (
    <>
      <PageHeader title="This page did not open" />
      <PartFailure title="It could not be loaded, or it ran into an error." />
    </>
  );
}
