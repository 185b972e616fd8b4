import { PageHeader } from "../../components/page-header.tsx";
import { GreetPanel } from "./greet-panel.tsx";
import classes from "./greeter-page.module.css";
import { StreamPanel } from "./stream-panel.tsx";
import { useGreetingForm } from "./use-greeting-form.ts";
import { useGreetingStream } from "./use-greeting-stream.ts";
import { useLanguages } from "./use-languages.ts";
import { WallPanel } from "./wall-panel.tsx";

/** The page of the greeter service: greet, follow every greeting made by anyone, and stream greetings. */
export function GreeterPage() {
  const [form, setForm] = useGreetingForm();
  const languages = useLanguages();
  const stream = useGreetingStream();
  return (
    <>
      <PageHeader
        title="Greeter"
        lede="Greet anyone in any of the greeter’s languages. Every greeting made on this server, whoever made it and through whatever protocol, appears on the wall as it happens."
      />
      <div className={classes.panels}>
        <div className={classes.greet}>
          <GreetPanel form={form} onChange={setForm} languages={languages} streamRefusal={stream.refusal} />
        </div>
        <div className={classes.wall}>
          <WallPanel languages={languages.byTag} />
        </div>
        <div className={classes.stream}>
          <StreamPanel form={form} stream={stream} languages={languages.byTag} />
        </div>
      </div>
    </>
  );
}
