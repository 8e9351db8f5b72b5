import type { components } from '../schema.gen'

export type Schemas = components['schemas']

/** The server writes every field of an answer; a default only means that its code may leave it out. */
export type Filled<T> = T extends readonly (infer Item)[]
  ? Filled<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Filled<Exclude<T[Key], undefined>> }
    : T

export type Answer<Name extends keyof Schemas> = Filled<Schemas[Name]>
