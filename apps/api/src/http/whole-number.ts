import { z } from "zod";

/** A whole number of a query. */
export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, "a whole number")
  .transform(Number);
