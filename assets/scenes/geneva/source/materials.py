"""The scene's few materials. Colour comes from a texture times the vertex colour, light from a light map or the sky."""
import bpy
import numpy as np

import textures

# material: (roughness, metallic, texture)
PLAIN = {
    'oak': (0.48, 0.0, 'oak'),
    'stone': (0.32, 0.0, 'stone'),
    'carpet': (0.95, 0.0, 'carpet'),
    'paint': (0.75, 0.0, None),
    'fabric': (0.9, 0.0, 'weave'),
    'satin': (0.35, 0.0, None),
    'metal': (0.34, 1.0, None),
    'leaf': (0.5, 0.0, None),
}


def srgb(code):
    """'#rrggbb' as a linear RGB triple."""
    values = [int(code[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


TINT = {
    'white': srgb('#e9e6df'), 'plaster': srgb('#e4dfd4'), 'greige': srgb('#b9b0a2'), 'dark': srgb('#2b2826'),
    'black': srgb('#151515'), 'bronze': srgb('#5b5148'), 'steel': srgb('#a8a9ab'), 'navy': srgb('#525e73'),
    'rug': srgb('#8f98a3'), 'sand': srgb('#d9d1c4'), 'cognac': srgb('#b07a52'), 'lake': srgb('#6f8391'),
    'walnut': (0.40, 0.335, 0.29), 'shade': (0.34, 0.30, 0.26), 'clay': srgb('#8b8378'), 'moss': srgb('#948b7e'),
}


def picture(name, pixels):
    """Packs a float array (rows bottom first, sRGB) as a Blender image."""
    height, width = pixels.shape[:2]
    image = bpy.data.images.new(name, width, height)
    rgba = np.ones((height, width, 4), np.float32)
    rgba[..., :3] = pixels
    image.pixels.foreach_set(rgba.ravel())
    image.pack()
    return image


class Materials:
    """Makes each (material, area) once; a lit area's material names its light map in the custom property `venue`."""

    def __init__(self):
        self.images, self.made = {}, {}

    def image(self, name):
        if name not in self.images:
            self.images[name] = picture(name, getattr(textures, name)())
        return self.images[name]

    def get(self, name, area=''):
        key = f'{name}-{area}' if area else name
        if key in self.made:
            return self.made[key]
        roughness, metallic, texture = PLAIN[name]
        material = bpy.data.materials.new(key)
        material.use_nodes = True
        nodes, links = material.node_tree.nodes, material.node_tree.links
        shader = nodes['Principled BSDF']
        shader.inputs['Roughness'].default_value = roughness
        shader.inputs['Metallic'].default_value = metallic
        colour = nodes.new('ShaderNodeVertexColor')
        colour.layer_name = 'Color'
        socket = colour.outputs['Color']
        if texture:
            image = nodes.new('ShaderNodeTexImage')
            image.image = self.image(texture)
            mix = nodes.new('ShaderNodeMix')
            mix.data_type, mix.blend_type = 'RGBA', 'MULTIPLY'
            mix.inputs['Factor'].default_value = 1.0
            links.new(image.outputs['Color'], mix.inputs['A'])
            links.new(socket, mix.inputs['B'])
            socket = mix.outputs['Result']
        links.new(socket, shader.inputs['Base Color'])
        material.use_backface_culling = name != 'leaf'
        self.made[key] = material
        return material

    def glowing(self, name, colour, strength, image=None):
        """An emissive material (lamps, screens, the view); its base colour is black."""
        if name in self.made:
            return self.made[name]
        material = bpy.data.materials.new(name)
        material.use_nodes = True
        nodes, links = material.node_tree.nodes, material.node_tree.links
        shader = nodes['Principled BSDF']
        shader.inputs['Base Color'].default_value = (0, 0, 0, 1)
        shader.inputs['Roughness'].default_value = 1.0
        shader.inputs['Specular IOR Level'].default_value = 0.0
        shader.inputs['Emission Color'].default_value = (*colour, 1)
        shader.inputs['Emission Strength'].default_value = strength
        if image:
            node = nodes.new('ShaderNodeTexImage')
            node.image, node.extension = image, 'EXTEND'
            links.new(node.outputs['Color'], shader.inputs['Emission Color'])
        material.use_backface_culling = True
        self.made[name] = material
        return material
