select
  namespace_id,
  workflow_id,
  run_id,
  timer_id,
  fire_at,
  case
    when json_storage_size(timer_data) <= :row_bytes then timer_data
  end as timer_data,
  case
    when octet_length(timer_bytes) <= :row_bytes then timer_bytes
  end as timer_bytes,
  created_at,
  shard_id,
  greatest(
    coalesce(
      json_storage_size(timer_data),
      0
    ),
    coalesce(
      octet_length(timer_bytes),
      0
    )
  ) as largest_payload
from workflow_timers force index (idx_workflow_timers_due)
where (
  shard_id in (
    :shard_ids_0, :shard_ids_1, :shard_ids_2, :shard_ids_3, :shard_ids_4, :shard_ids_5, 
    :shard_ids_6, :shard_ids_7, :shard_ids_8, :shard_ids_9, :shard_ids_10, :shard_ids_11, 
    :shard_ids_12, :shard_ids_13, :shard_ids_14, :shard_ids_15, :shard_ids_16, :shard_ids_17, 
    :shard_ids_18, :shard_ids_19, :shard_ids_20, :shard_ids_21, :shard_ids_22, :shard_ids_23, 
    :shard_ids_24, :shard_ids_25, :shard_ids_26, :shard_ids_27, :shard_ids_28, :shard_ids_29, 
    :shard_ids_30, :shard_ids_31, :shard_ids_32, :shard_ids_33, :shard_ids_34, :shard_ids_35, 
    :shard_ids_36, :shard_ids_37, :shard_ids_38, :shard_ids_39, :shard_ids_40, :shard_ids_41, 
    :shard_ids_42, :shard_ids_43, :shard_ids_44, :shard_ids_45, :shard_ids_46, :shard_ids_47, 
    :shard_ids_48, :shard_ids_49, :shard_ids_50, :shard_ids_51, :shard_ids_52, :shard_ids_53, 
    :shard_ids_54, :shard_ids_55, :shard_ids_56, :shard_ids_57, :shard_ids_58, :shard_ids_59, 
    :shard_ids_60, :shard_ids_61, :shard_ids_62, :shard_ids_63, :shard_ids_64, :shard_ids_65, 
    :shard_ids_66, :shard_ids_67, :shard_ids_68, :shard_ids_69, :shard_ids_70, :shard_ids_71, 
    :shard_ids_72, :shard_ids_73, :shard_ids_74, :shard_ids_75, :shard_ids_76, :shard_ids_77, 
    :shard_ids_78, :shard_ids_79, :shard_ids_80, :shard_ids_81, :shard_ids_82, :shard_ids_83, 
    :shard_ids_84, :shard_ids_85, :shard_ids_86, :shard_ids_87, :shard_ids_88, :shard_ids_89, 
    :shard_ids_90, :shard_ids_91, :shard_ids_92, :shard_ids_93, :shard_ids_94, :shard_ids_95, 
    :shard_ids_96, :shard_ids_97, :shard_ids_98, :shard_ids_99, :shard_ids_100, 
    :shard_ids_101, :shard_ids_102, :shard_ids_103, :shard_ids_104, :shard_ids_105, 
    :shard_ids_106, :shard_ids_107, :shard_ids_108, :shard_ids_109, :shard_ids_110, 
    :shard_ids_111, :shard_ids_112, :shard_ids_113, :shard_ids_114, :shard_ids_115, 
    :shard_ids_116, :shard_ids_117, :shard_ids_118, :shard_ids_119, :shard_ids_120, 
    :shard_ids_121, :shard_ids_122, :shard_ids_123, :shard_ids_124, :shard_ids_125, 
    :shard_ids_126, :shard_ids_127, :shard_ids_128, :shard_ids_129, :shard_ids_130, 
    :shard_ids_131, :shard_ids_132, :shard_ids_133, :shard_ids_134, :shard_ids_135, 
    :shard_ids_136, :shard_ids_137, :shard_ids_138, :shard_ids_139, :shard_ids_140, 
    :shard_ids_141, :shard_ids_142, :shard_ids_143, :shard_ids_144, :shard_ids_145, 
    :shard_ids_146, :shard_ids_147, :shard_ids_148, :shard_ids_149, :shard_ids_150, 
    :shard_ids_151, :shard_ids_152, :shard_ids_153, :shard_ids_154, :shard_ids_155, 
    :shard_ids_156, :shard_ids_157, :shard_ids_158, :shard_ids_159, :shard_ids_160, 
    :shard_ids_161, :shard_ids_162, :shard_ids_163, :shard_ids_164, :shard_ids_165, 
    :shard_ids_166, :shard_ids_167, :shard_ids_168, :shard_ids_169, :shard_ids_170, 
    :shard_ids_171, :shard_ids_172, :shard_ids_173, :shard_ids_174, :shard_ids_175, 
    :shard_ids_176, :shard_ids_177, :shard_ids_178, :shard_ids_179, :shard_ids_180, 
    :shard_ids_181, :shard_ids_182, :shard_ids_183, :shard_ids_184, :shard_ids_185, 
    :shard_ids_186, :shard_ids_187, :shard_ids_188, :shard_ids_189, :shard_ids_190, 
    :shard_ids_191, :shard_ids_192, :shard_ids_193, :shard_ids_194, :shard_ids_195, 
    :shard_ids_196, :shard_ids_197, :shard_ids_198, :shard_ids_199, :shard_ids_200, 
    :shard_ids_201, :shard_ids_202, :shard_ids_203, :shard_ids_204, :shard_ids_205, 
    :shard_ids_206, :shard_ids_207, :shard_ids_208, :shard_ids_209, :shard_ids_210, 
    :shard_ids_211, :shard_ids_212, :shard_ids_213, :shard_ids_214, :shard_ids_215, 
    :shard_ids_216, :shard_ids_217, :shard_ids_218, :shard_ids_219, :shard_ids_220, 
    :shard_ids_221, :shard_ids_222, :shard_ids_223, :shard_ids_224, :shard_ids_225, 
    :shard_ids_226, :shard_ids_227, :shard_ids_228, :shard_ids_229, :shard_ids_230, 
    :shard_ids_231, :shard_ids_232, :shard_ids_233, :shard_ids_234, :shard_ids_235, 
    :shard_ids_236, :shard_ids_237, :shard_ids_238, :shard_ids_239, :shard_ids_240, 
    :shard_ids_241, :shard_ids_242, :shard_ids_243, :shard_ids_244, :shard_ids_245, 
    :shard_ids_246, :shard_ids_247, :shard_ids_248, :shard_ids_249, :shard_ids_250, 
    :shard_ids_251, :shard_ids_252, :shard_ids_253, :shard_ids_254, :shard_ids_255, 
    :shard_ids_256, :shard_ids_257, :shard_ids_258, :shard_ids_259, :shard_ids_260, 
    :shard_ids_261, :shard_ids_262, :shard_ids_263, :shard_ids_264, :shard_ids_265, 
    :shard_ids_266, :shard_ids_267, :shard_ids_268, :shard_ids_269, :shard_ids_270, 
    :shard_ids_271, :shard_ids_272, :shard_ids_273, :shard_ids_274, :shard_ids_275, 
    :shard_ids_276, :shard_ids_277, :shard_ids_278, :shard_ids_279, :shard_ids_280, 
    :shard_ids_281, :shard_ids_282, :shard_ids_283, :shard_ids_284, :shard_ids_285, 
    :shard_ids_286, :shard_ids_287, :shard_ids_288, :shard_ids_289, :shard_ids_290, 
    :shard_ids_291, :shard_ids_292, :shard_ids_293, :shard_ids_294, :shard_ids_295, 
    :shard_ids_296, :shard_ids_297, :shard_ids_298, :shard_ids_299, :shard_ids_300, 
    :shard_ids_301, :shard_ids_302, :shard_ids_303, :shard_ids_304, :shard_ids_305, 
    :shard_ids_306, :shard_ids_307, :shard_ids_308, :shard_ids_309, :shard_ids_310, 
    :shard_ids_311, :shard_ids_312, :shard_ids_313, :shard_ids_314, :shard_ids_315, 
    :shard_ids_316, :shard_ids_317, :shard_ids_318, :shard_ids_319, :shard_ids_320, 
    :shard_ids_321, :shard_ids_322, :shard_ids_323, :shard_ids_324, :shard_ids_325, 
    :shard_ids_326, :shard_ids_327, :shard_ids_328, :shard_ids_329, :shard_ids_330, 
    :shard_ids_331, :shard_ids_332, :shard_ids_333, :shard_ids_334, :shard_ids_335, 
    :shard_ids_336, :shard_ids_337, :shard_ids_338, :shard_ids_339, :shard_ids_340, 
    :shard_ids_341, :shard_ids_342, :shard_ids_343, :shard_ids_344, :shard_ids_345, 
    :shard_ids_346, :shard_ids_347, :shard_ids_348, :shard_ids_349, :shard_ids_350, 
    :shard_ids_351, :shard_ids_352, :shard_ids_353, :shard_ids_354, :shard_ids_355, 
    :shard_ids_356, :shard_ids_357, :shard_ids_358, :shard_ids_359, :shard_ids_360, 
    :shard_ids_361, :shard_ids_362, :shard_ids_363, :shard_ids_364, :shard_ids_365, 
    :shard_ids_366, :shard_ids_367, :shard_ids_368, :shard_ids_369, :shard_ids_370, 
    :shard_ids_371, :shard_ids_372, :shard_ids_373, :shard_ids_374, :shard_ids_375, 
    :shard_ids_376, :shard_ids_377, :shard_ids_378, :shard_ids_379, :shard_ids_380, 
    :shard_ids_381, :shard_ids_382, :shard_ids_383, :shard_ids_384, :shard_ids_385, 
    :shard_ids_386, :shard_ids_387, :shard_ids_388, :shard_ids_389, :shard_ids_390, 
    :shard_ids_391, :shard_ids_392, :shard_ids_393, :shard_ids_394, :shard_ids_395, 
    :shard_ids_396, :shard_ids_397, :shard_ids_398, :shard_ids_399, :shard_ids_400, 
    :shard_ids_401, :shard_ids_402, :shard_ids_403, :shard_ids_404, :shard_ids_405, 
    :shard_ids_406, :shard_ids_407, :shard_ids_408, :shard_ids_409, :shard_ids_410, 
    :shard_ids_411, :shard_ids_412, :shard_ids_413, :shard_ids_414, :shard_ids_415, 
    :shard_ids_416, :shard_ids_417, :shard_ids_418, :shard_ids_419, :shard_ids_420, 
    :shard_ids_421, :shard_ids_422, :shard_ids_423, :shard_ids_424, :shard_ids_425, 
    :shard_ids_426, :shard_ids_427, :shard_ids_428, :shard_ids_429, :shard_ids_430, 
    :shard_ids_431, :shard_ids_432, :shard_ids_433, :shard_ids_434, :shard_ids_435, 
    :shard_ids_436, :shard_ids_437, :shard_ids_438, :shard_ids_439, :shard_ids_440, 
    :shard_ids_441, :shard_ids_442, :shard_ids_443, :shard_ids_444, :shard_ids_445, 
    :shard_ids_446, :shard_ids_447, :shard_ids_448, :shard_ids_449, :shard_ids_450, 
    :shard_ids_451, :shard_ids_452, :shard_ids_453, :shard_ids_454, :shard_ids_455, 
    :shard_ids_456, :shard_ids_457, :shard_ids_458, :shard_ids_459, :shard_ids_460, 
    :shard_ids_461, :shard_ids_462, :shard_ids_463, :shard_ids_464, :shard_ids_465, 
    :shard_ids_466, :shard_ids_467, :shard_ids_468, :shard_ids_469, :shard_ids_470, 
    :shard_ids_471, :shard_ids_472, :shard_ids_473, :shard_ids_474, :shard_ids_475, 
    :shard_ids_476, :shard_ids_477, :shard_ids_478, :shard_ids_479, :shard_ids_480, 
    :shard_ids_481, :shard_ids_482, :shard_ids_483, :shard_ids_484, :shard_ids_485, 
    :shard_ids_486, :shard_ids_487, :shard_ids_488, :shard_ids_489, :shard_ids_490, 
    :shard_ids_491, :shard_ids_492, :shard_ids_493, :shard_ids_494, :shard_ids_495, 
    :shard_ids_496, :shard_ids_497, :shard_ids_498, :shard_ids_499, :shard_ids_500, 
    :shard_ids_501, :shard_ids_502, :shard_ids_503, :shard_ids_504, :shard_ids_505, 
    :shard_ids_506, :shard_ids_507, :shard_ids_508, :shard_ids_509, :shard_ids_510, 
    :shard_ids_511
  )
  and fire_at <= :until
  and (
    select n.status
    from namespaces as n
    where n.namespace_id = workflow_timers.namespace_id
  ) <> 'deleted'
  and (
    shard_id > :after_shard_id
    or (
      shard_id = :after_shard_id
      and (
        fire_at > :after_fire_at
        or (
          fire_at = :after_fire_at
          and (
            namespace_id > :after_namespace_id
            or (
              namespace_id = :after_namespace_id
              and (
                workflow_id > :after_workflow_id
                or (
                  workflow_id = :after_workflow_id
                  and (
                    run_id > :after_run_id
                    or (
                      run_id = :after_run_id
                      and timer_id > :after_timer_id
                    )
                  )
                )
              )
            )
          )
        )
      )
    )
  )
)
order by
  shard_id asc,
  fire_at asc,
  namespace_id asc,
  workflow_id asc,
  run_id asc,
  timer_id asc
limit :limit
