import { Table } from "@mantine/core";
import type { ReactNode } from "react";

export interface Column<Row> {
  name: string;
  of: (row: Row) => ReactNode;
  number?: boolean;
}

interface Props<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A table; on a phone each row stands by itself, a line for each column, so that nothing scrolls sideways. The roles
 * are said because browsers drop them where a table is laid out as something else. */
export const DataTable = <Row,>({ caption, columns, rows, rowKey }: Props<Row>) => (
  <Table captionSide="top" className="data-table" role="table">
    <Table.Caption>{caption}</Table.Caption>
    <Table.Thead role="rowgroup">
      <Table.Tr role="row">
        {columns.map((one) => (
          <Table.Th key={one.name} scope="col" role="columnheader" ta={one.number ? "right" : "left"}>
            {one.name}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody role="rowgroup">
      {rows.map((row) => (
        <Table.Tr key={rowKey(row)} role="row">
          {columns.map((one) => (
            <Table.Td key={one.name} role="cell" className={one.number ? "number-cell" : ""}>
              <span className="cell-name" aria-hidden>
                {one.name}
              </span>
              <span>{one.of(row)}</span>
            </Table.Td>
          ))}
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
);
