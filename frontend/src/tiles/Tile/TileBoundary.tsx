import { Component, type ErrorInfo, type ReactNode } from 'react'

interface BoundaryProps {
  message: string
  children: ReactNode
}

/** Holds a rendering failure inside its card. */
export class TileBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack)
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="card state" role="alert">
        {this.props.message}
      </div>
    )
  }
}
