import type { DistrictShapes } from "../Districts";
import districts from "./districts.json?raw";

/** The shapes, in a file of their own that is fetched only where a map is shown. */
export const load = (): DistrictShapes => JSON.parse(districts);
