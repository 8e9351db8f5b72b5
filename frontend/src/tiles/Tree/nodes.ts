import type { TreeNode } from '../../api/types'

export interface Placed {
  node: TreeNode
  place: number
}

/** Whether the node at a place is made of others: they follow it, one step deeper. */
export function hasParts(nodes: readonly TreeNode[], place: number): boolean {
  const [node, next] = [nodes[place], nodes[place + 1]]
  return node !== undefined && next !== undefined && next.depth > node.depth
}

/** The nodes of a tree without those below a folded one. */
export function shownNodes(nodes: readonly TreeNode[], folded: ReadonlySet<number>): Placed[] {
  const shown: Placed[] = []
  let hiddenBelow = Infinity
  nodes.forEach((node, place) => {
    if (node.depth > hiddenBelow) return
    hiddenBelow = folded.has(place) ? node.depth : Infinity
    shown.push({ node, place })
  })
  return shown
}
