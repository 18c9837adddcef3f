/**
 * The only importer of Cornerstone3D: three planes of two volumes, before and after.
 *
 * Volume ids hold no colon: Cornerstone would take what stands before it for the name of an
 * image loader. The generic viewport has a software path of its own, which is several times
 * faster than WebGL without a graphics card.
 */
import {
  Enums,
  RenderingEngine,
  cache,
  init,
  utilities,
  volumeLoader,
  type Types,
} from '@cornerstonejs/core';
import { axisStep, originOf, scale, spacingOf } from '../../core/geometry/affine.ts';
import { windowInVoxels } from '../../core/volume/display.ts';
import type { Rescale } from '../../core/volume/volume.ts';
import type { DisplayVolume } from '../../../workers/api.ts';
import { AXES, type Plane } from './planes.ts';
import type { ShownVolumes, Side, SliceEngine, SlicePainter } from './slice-engine.ts';

const ORIENTATION: Readonly<Record<Plane, Enums.OrientationAxis>> = {
  axial: Enums.OrientationAxis.AXIAL,
  coronal: Enums.OrientationAxis.CORONAL,
  sagittal: Enums.OrientationAxis.SAGITTAL,
};

let started = 0;

export function createCornerstoneEngine(
  volumes: ShownVolumes,
  softwareGraphics: boolean,
): SliceEngine {
  init({
    debug: {},
    rendering: {
      useGenericViewport: true,
      ...(softwareGraphics ? { planar: { renderBackend: Enums.RenderBackends.CPU } } : {}),
    },
  });
  started += 1;
  const name = `efface-${started}`;
  const engine = new RenderingEngine(name);
  const ids: Readonly<Record<Side, string>> = { before: `${name}-before`, after: `${name}-after` };
  const loaded = [ids.before];
  loadVolume(ids.before, volumes.before);
  if (volumes.after) {
    loadVolume(ids.after, volumes.after);
    loaded.push(ids.after);
  }
  return {
    kind: 'cornerstone',
    async attach(host, side, plane) {
      const viewportId = `${name}-${side}-${plane}`;
      engine.enableElement({
        viewportId,
        type: Enums.ViewportType.ORTHOGRAPHIC,
        element: host,
        defaultOptions: { orientation: ORIENTATION[plane], background: [0, 0, 0] },
      });
      const viewport = engine.getViewport<Types.IVolumeViewport>(viewportId);
      await viewport.setVolumes([{ volumeId: ids[side] }]);
      return painter(viewport, plane, (volumes[side] ?? volumes.before).rescale);
    },
    destroy() {
      engine.destroy();
      // Its own only: another may show the next result already.
      for (const id of loaded) dropVolume(id);
    },
  };
}

/**
 * Fits a viewport, and no other, to its element; false where that is hidden. The engine's own
 * `resize` would take hidden ones to no size, skips all of them while a frame is on its way, and
 * compares sizes with canvases that the software path does not draw in.
 */
function fit(viewport: Types.IVolumeViewport): boolean {
  const { clientWidth, clientHeight } = viewport.element;
  if (clientWidth === 0 || clientHeight === 0) return false;
  viewport.sWidth = Math.max(2, Math.round(clientWidth * devicePixelRatio));
  viewport.sHeight = Math.max(2, Math.round(clientHeight * devicePixelRatio));
  // The generic viewport has it beside what its type says.
  (viewport as unknown as { resize(): void }).resize();
  return true;
}

function painter(viewport: Types.IVolumeViewport, plane: Plane, rescale: Rescale): SlicePainter {
  const { down } = AXES[plane];
  let size = '';
  let window = '';
  return {
    // There is another canvas in the element, for the way that is not taken.
    canvas: () => viewport.getCanvas(),
    paint(frame, { lower, upper }) {
      const now = `${frame.width} ${frame.height}`;
      if (now !== size) {
        // Hidden since the frame was asked for: painted when it is seen again.
        if (!fit(viewport)) return;
        size = now;
      }
      if (window !== `${lower} ${upper}`) {
        viewport.setProperties({ voiRange: windowInVoxels({ lower, upper }, rescale) });
        window = `${lower} ${upper}`;
      }
      viewport.setCamera({
        viewUp: [...scale(down, -1)],
        focalPoint: [...frame.center],
        parallelScale: (frame.height * frame.mmPerPixel) / 2,
      });
      viewport.render();
    },
  };
}

function loadVolume(id: string, { grid, modality, voxels }: DisplayVolume): void {
  const spacing = spacingOf(grid.affine);
  const direction = ([0, 1, 2] as const).flatMap((axis) => [
    ...scale(axisStep(grid.affine, axis), 1 / spacing[axis]),
  ]);
  volumeLoader.createLocalVolume(id, {
    metadata: {
      BitsAllocated: 8 * voxels.BYTES_PER_ELEMENT,
      BitsStored: 8 * voxels.BYTES_PER_ELEMENT,
      SamplesPerPixel: 1,
      HighBit: 8 * voxels.BYTES_PER_ELEMENT - 1,
      PhotometricInterpretation: 'MONOCHROME2',
      PixelRepresentation: voxels instanceof Uint8Array || voxels instanceof Uint16Array ? 0 : 1,
      // Its rules for PT want values as SUV; ours come with their own window.
      Modality: modality === 'PT' ? 'MR' : modality,
      ImageOrientationPatient: direction.slice(0, 6),
      PixelSpacing: [spacing[1], spacing[0]],
      FrameOfReferenceUID: id,
      Columns: grid.size[0],
      Rows: grid.size[1],
      voiLut: [],
      VOILUTFunction: 'LINEAR',
    },
    dimensions: [...grid.size],
    spacing: [...spacing],
    origin: [...originOf(grid.affine)],
    // Cornerstone's matrix types are nine numbers, not a list.
    direction: direction as Types.Mat3,
    scalarData: voxels,
  });
}

/**
 * A volume is also cached slice by slice, and each slice holds all of its voxels; what is known
 * of the slices is kept apart from both.
 */
function dropVolume(id: string): void {
  const slices = cache.getVolume(id)?.imageIds ?? [];
  cache.removeVolumeLoadObject(id);
  for (const slice of slices) {
    cache.removeImageLoadObject(slice, { force: true });
    for (const type of [Enums.MetadataModules.IMAGE_PLANE, Enums.MetadataModules.IMAGE_PIXEL]) {
      utilities.genericMetadataProvider.addRaw(slice, { type, metadata: null });
    }
  }
}
