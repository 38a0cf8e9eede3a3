import type { ReactNode } from "react";

const empty = (value: ReactNode): boolean => value === null || value === undefined || value === "" || value === false;

/** Names and values; what has no value is not shown. */
export const Facts = ({ of }: { of: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {of
      .filter(([, value]) => !empty(value))
      .map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
