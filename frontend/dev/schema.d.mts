export const DESCRIPTION: string
export const GENERATED: string
export function generate(): Promise<string>
