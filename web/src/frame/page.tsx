import type { Block } from '../data/contract';
import { ArtifactPage } from '../artifact/page';
import { FileDrop } from '../files/drop';
import { Home } from '../home/home';
import { Missing } from './missing';

export function Page({ block }: { block: Block }) {
  return (
    <>
      <Content block={block} />
      <FileDrop />
    </>
  );
}

function Content({ block }: { block: Block }) {
  switch (block.page) {
    case 'home':
      return <Home overview={block.overview} search={null} />;
    case 'search':
      return <Home overview={block.overview ?? null} search={block.search} />;
    case 'artifact':
      return <ArtifactPage graph={block.graph} artifact={block.artifact} />;
    case 'node':
      return <ArtifactPage graph={block.graph} artifact={null} />;
    case 'missing':
      return <Missing said={block.what ?? null} />;
  }
}
