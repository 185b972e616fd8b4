import { Button } from "@mantine/core";
import classes from "./recorder-control.module.css";

/** What is shown instead of a wire panel that could not be loaded or drawn. */
export function RecorderFailure({ onClose }: { readonly onClose: () => void }) {
  return (
    <div role="alert" className={classes.failure}>
      <p>The wire panel did not open. Loading the page again may help.</p>
      <Button size="compact-sm" variant="default" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
