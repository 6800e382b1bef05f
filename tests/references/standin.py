
import numpy as np
from pet_app.builder.render import compose as C
from pet_app.builder.render.tone import neutral, linear, SRGB
from pet_app.builder.render.compiled import compiled
@compiled
def _n(rgb, out):
    for i in range(len(rgb)):
        out[i,0],out[i,1],out[i,2]=neutral(rgb[i,0],rgb[i,1],rgb[i,2])
def neutral_picture(rgb):
    out=np.empty((rgb.shape[0]*rgb.shape[1],3),np.float32); _n(np.ascontiguousarray(rgb.reshape(-1,3)),out); return out.reshape(rgb.shape)
def shadow(r):
    size=len(r); line=np.arange(size); rim=np.minimum(np.minimum(line,size-1-line)/(C.RIM*size),1); e=rim*rim*(3-2*rim)
    lost=np.clip(1-r,0,1); return C.SHADOW*e[:,None]*e[None]*lost*lost/(lost+C.FAINT)
def lay(light,dark,bg):
    size=len(light); l=light.copy(); free=np.clip(1-l[...,3],0,1); d=free*dark
    l[...,:3]+=d[...,None]*np.array(C.SHADOW_COLOUR,np.float32); l[...,3]+=d
    page=np.zeros(3) if bg is None else linear(bg)
    out=np.empty((size*size,4 if bg is None else 3),np.uint8)
    C._lay(np.ascontiguousarray(l.reshape(-1,4),np.float32),page.astype(np.float32),SRGB,out); return out.reshape(size,size,-1)
