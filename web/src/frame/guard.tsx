import { Component, type ComponentChildren } from 'preact';

interface Props {
  /** Called when drawing failed: brings back what the server wrote, which has the facts. */
  fallback(): void;
  children: ComponentChildren;
}

export class Guard extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    this.setState({ failed: true }, () => this.props.fallback());
    console.error(error);
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}
