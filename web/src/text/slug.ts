/** A model's name as `?dataset=` has it: lower case, every run of characters outside [a-z0-9._] turned into one `-`. */
export function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9._]+/g, '-');
}
