import classes from "./one-port-picture.module.css";

const clients = [
  { name: "A page", how: "gRPC-Web, Connect, WebSocket" },
  { name: "curl", how: "Connect, plain JSON" },
  { name: "Any gRPC client", how: "gRPC over HTTP/2" },
] as const;

const description =
  "A page, curl and any gRPC client each call the same port of the server directly, with no proxy in between. Behind the port, one implementation of each method answers them all.";

/** A picture of three clients that call one port of one server, with nothing in between. */
export function OnePortPicture() {
  return (
    <figure className={classes.figure}>
      <WidePicture />
      <NarrowPicture />
      <figcaption className={classes.caption}>Nothing stands in between: no proxy translates for the page.</figcaption>
    </figure>
  );
}

function WidePicture() {
  return (
    <svg role="img" aria-label={description} viewBox="0 0 640 250" className={classes.wide}>
      {clients.map(({ name, how }, index) => {
        const y = 15 + index * 78;
        return (
          <g key={name}>
            <rect x="2" y={y} width="250" height="62" rx="8" className={classes.box} />
            <text x="18" y={y + 27} className={classes.name}>
              {name}
            </text>
            <text x="18" y={y + 48} className={classes.how}>
              {how}
            </text>
            <path d={`M252 ${y + 31}C320 ${y + 31} 330 124 392 124`} className={classes.line} />
          </g>
        );
      })}
      <path d="M384 118l10 6-10 6" className={classes.line} />
      <circle cx="406" cy="124" r="10" className={classes.port} />
      <text x="406" y="158" textAnchor="middle" className={classes.how}>
        one port
      </text>
      <rect x="440" y="60" width="198" height="128" rx="8" className={classes.server} />
      <path d="M417 124H440" className={classes.line} />
      <text x="539" y="112" textAnchor="middle" className={classes.name}>
        One server
      </text>
      <text x="539" y="136" textAnchor="middle" className={classes.how}>
        one implementation
      </text>
      <text x="539" y="156" textAnchor="middle" className={classes.how}>
        of each method
      </text>
    </svg>
  );
}

/** The same, from top to bottom, so that its words stay large enough to be read. */
function NarrowPicture() {
  return (
    <svg role="img" aria-label={description} viewBox="0 0 280 380" className={classes.narrow}>
      {clients.map(({ name, how }, index) => {
        const y = 2 + index * 66;
        return (
          <g key={name}>
            <rect x="2" y={y} width="250" height="56" rx="8" className={classes.box} />
            <text x="14" y={y + 24} className={classes.name}>
              {name}
            </text>
            <text x="14" y={y + 44} className={classes.how}>
              {how}
            </text>
            <path d={`M252 ${y + 28}H268V232H140V240`} className={classes.line} />
          </g>
        );
      })}
      <circle cx="140" cy="250" r="10" className={classes.port} />
      <text x="158" y="255" className={classes.how}>
        one port
      </text>
      <path d="M140 260V280" className={classes.line} />
      <rect x="42" y="280" width="196" height="92" rx="8" className={classes.server} />
      <text x="140" y="314" textAnchor="middle" className={classes.name}>
        One server
      </text>
      <text x="140" y="336" textAnchor="middle" className={classes.how}>
        one implementation
      </text>
      <text x="140" y="355" textAnchor="middle" className={classes.how}>
        of each method
      </text>
    </svg>
  );
}
